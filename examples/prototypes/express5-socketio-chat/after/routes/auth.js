const express = require('express')
const bcrypt = require('bcryptjs')
const jwt = require('jsonwebtoken')
const db = require('../db')
const { config } = require('../guardrails/config.cjs')

const router = express.Router()

router.post('/register', async (req, res) => {
  const { name, password } = req.body || {}
  if (!name || !password) return res.status(400).json({ error: 'Name and password required' })
  if (db.data.users.some((user) => user.name === name)) return res.status(409).json({ error: 'Name taken' })
  const user = { id: db.data.users.length + 1, name, password: await bcrypt.hash(password, 8) }
  db.data.users.push(user)
  db.save()
  const token = jwt.sign({ id: user.id, name }, config.JWT_SECRET, { expiresIn: '7d' })
  res.status(201).json({ token })
})

router.post('/login', async (req, res) => {
  const { name, password } = req.body || {}
  const user = db.data.users.find((user) => user.name === name)
  if (!user || !(await bcrypt.compare(password || '', user.password))) {
    return res.status(401).json({ error: 'Wrong name or password' })
  }
  const token = jwt.sign({ id: user.id, name }, config.JWT_SECRET, { expiresIn: '7d' })
  res.json({ token })
})

module.exports = router
