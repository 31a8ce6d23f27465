export { astToString, default as openapiTypes } from 'openapi-typescript'
