import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { loadItems } from './items.js'
import routes from './routes.js'
import { guard } from '../guardrails/index.mjs'

const app = express()
guard(app)
const port = process.env.PORT ?? 5000
const pages = fileURLToPath(new URL('../../web/dist', import.meta.url))

// items are loaded before anything else
const items = await loadItems()

app.use(express.json())

app.get('/api/status', (req, res) => {
	res.json({ ok: true, items: items.length })
})

routes(app, items)

if (process.env.NODE_ENV === 'production' || existsSync(pages)) {
	app.use(express.static(pages))
	app.get('*', (req, res) => {
		res.sendFile('index.html', { root: pages })
	})
}

app.listen(port, () => {
	console.log(`inventory on port ${port}`)
})
