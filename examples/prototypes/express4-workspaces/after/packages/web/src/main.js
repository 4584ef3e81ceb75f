const list = document.querySelector('#items')
const search = document.querySelector('#search')

async function show() {
	const response = await fetch(`/api/items?q=${encodeURIComponent(search.value)}`)
	const items = await response.json()
	list.replaceChildren(...items.map(({ sku, name, stock }) => {
		const line = document.createElement('li')
		line.textContent = `${sku} ${name}: ${stock}`
		return line
	}))
}

search.addEventListener('input', show)
show()
