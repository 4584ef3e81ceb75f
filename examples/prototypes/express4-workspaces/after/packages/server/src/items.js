import { readFile, writeFile } from 'node:fs/promises'

const file = new URL('../items.json', import.meta.url)

const defaults = [
	{ sku: 'A-100', name: 'Hex bolt M8', stock: 420 },
	{ sku: 'A-200', name: 'Washer M8', stock: 1300 },
	{ sku: 'B-017', name: 'Bearing 6203', stock: 36 }
]

export async function loadItems() {
	try {
		return JSON.parse(await readFile(file, 'utf8'))
	} catch {
		return defaults
	}
}

export async function saveItems(items) {
	await writeFile(file, JSON.stringify(items, null, '\t'))
}
