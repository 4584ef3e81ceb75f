const express = require('express')
const db = require('../db')
const auth = require('../middleware/auth')

const router = express.Router()

router.get('/', (req, res) => res.json(db.data.rooms))

router.post('/', auth, (req, res) => {
  const room = { id: db.data.rooms.length + 1, name: req.body.name }
  db.data.rooms.push(room)
  db.save()
  res.status(201).json(room)
})

router.get('/:id/messages', (req, res) => {
  const room = db.data.rooms.find((room) => room.id === Number(req.params.id))
  if (!room) return res.status(404).json({ error: 'No such room' })
  res.json(db.data.messages.filter((message) => message.room === room.name))
})

module.exports = router
