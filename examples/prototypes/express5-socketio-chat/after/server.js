require('./guardrails/environment.cjs')
const express = require('express')
const http = require('http')
const path = require('path')
const jwt = require('jsonwebtoken')
const { Server } = require('socket.io')
const db = require('./db')
const auth = require('./middleware/auth')
const authRoutes = require('./routes/auth')
const roomRoutes = require('./routes/rooms')
const { guard } = require('./guardrails/index.cjs')
const { config } = require('./guardrails/config.cjs')

const app = express()
guard(app)
const server = http.createServer(app)
const io = new Server(server, { cors: { origin: '*' } })

const JWT_SECRET = config.JWT_SECRET

app.use(express.json())
app.use(express.static(path.join(__dirname, 'public')))

app.use('/api/auth', authRoutes)
app.use('/api/rooms', roomRoutes)

// who am I
app.get('/api/me', auth, (req, res) => res.json({ user: req.user }))

// everybody who ever signed up
app.get('/api/users', (req, res) => {
  res.json(db.data.users.map(({ password, ...user }) => user))
})

app.delete('/api/users/:id', (req, res) => {
  db.data.users = db.data.users.filter((user) => user.id !== Number(req.params.id))
  db.save()
  res.json({ ok: true })
})

// socket events: the client says who it is
io.on('connection', (socket) => {
  try {
    const token = socket.handshake.auth && socket.handshake.auth.token
    if (token) socket.data.user = jwt.verify(token, JWT_SECRET)
  } catch (err) {
    console.log('bad token, letting them in as guest')
  }

  socket.on('join', (room) => {
    socket.join(room)
    socket.emit('history', db.data.messages.filter((message) => message.room === room))
  })

  socket.on('message', ({ room, userId, text }) => {
    const message = { id: Date.now(), room, userId, text }
    db.data.messages.push(message)
    db.save()
    io.to(room).emit('message', message)
  })
})

// single page app: everything else gets index.html
app.get(/^(?!\/api).*/, (req, res) => {
  res.sendFile(path.join(__dirname, 'public', 'index.html'))
})

;(async () => {
  await db.load()
  const PORT = process.env.PORT || 4000
  server.listen(PORT, () => console.log(`Chat listening on port ${PORT}`))
})()
