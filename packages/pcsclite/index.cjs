module.exports = () => {
  throw new Error('later')
}
