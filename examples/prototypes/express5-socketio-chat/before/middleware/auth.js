const jwt = require('jsonwebtoken')

module.exports = function auth(req, res, next) {
  const header = req.headers.authorization || ''
  const token = header.replace('Bearer ', '')
  if (!token) return res.status(401).json({ error: 'No token provided' })
  try {
    req.user = jwt.verify(token, process.env.JWT_SECRET || 'team-chat-secret-2024')
    next()
  } catch (err) {
    res.status(401).json({ error: 'Invalid token' })
  }
}
