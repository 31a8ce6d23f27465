export { splitAim, symbologyOf } from './decoding/symbology.ts'
