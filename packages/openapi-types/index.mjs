export { default as openapiTypes, astToString } from 'openapi-typescript'
