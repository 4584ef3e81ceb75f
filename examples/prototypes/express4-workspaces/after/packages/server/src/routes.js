import { saveItems } from './items.js'

export default function routes(app, items) {
	app.get('/api/items', (req, res) => {
		const { q = '' } = req.query
		res.json(items.filter(item => item.name.toLowerCase().includes(String(q).toLowerCase())))
	})

	app.get('/api/items/:sku', (req, res) => {
		const item = items.find(item => item.sku === req.params.sku)
		if (!item) return res.status(404).json({ error: 'not found' })
		res.json(item)
	})

	app.put('/api/items/:sku/stock', (req, res) => {
		const item = items.find(item => item.sku === req.params.sku)
		if (!item) return res.status(404).json({ error: 'not found' })
		item.stock = Number(req.body.stock)
		saveItems(items)
		res.json(item)
	})

	app.post('/api/orders', (req, res) => {
		const { sku, amount = 1 } = req.body
		const item = items.find(item => item.sku === sku)
		if (!item || item.stock < amount) return res.status(409).json({ error: 'out of stock' })
		item.stock -= amount
		saveItems(items)
		res.status(201).json({ sku, amount, left: item.stock })
	})
}
