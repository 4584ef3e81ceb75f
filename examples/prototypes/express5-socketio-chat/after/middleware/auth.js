const jwt = require('jsonwebtoken')
const { config } = require('../guardrails/config.cjs')

module.exports = function auth(req, res, next) {
  const header = req.headers.authorization || ''
  const token = header.replace('Bearer ', '')
  if (!token) return res.status(401).json({ error: 'No token provided' })
  try {
    req.user = jwt.verify(token, config.JWT_SECRET)
    next()
  } catch (err) {
    res.status(401).json({ error: 'Invalid token' })
  }
}
