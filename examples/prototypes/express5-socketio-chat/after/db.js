const fs = require('fs')
const path = require('path')

const file = path.join(__dirname, 'chat-db.json')

const db = {
  data: { users: [], rooms: [], messages: [] },
  async load() {
    try {
      db.data = JSON.parse(await fs.promises.readFile(file, 'utf8'))
    } catch (err) {
      db.data = { users: [], rooms: [{ id: 1, name: 'general' }, { id: 2, name: 'random' }], messages: [] }
      db.save()
    }
  },
  save() {
    fs.writeFileSync(file, JSON.stringify(db.data, null, 2))
  },
}

module.exports = db
