let nextId = 1
const todos = new Map()

export const addTodo = (title, due = null) => {
  const todo = { id: nextId++, title, due, done: false }
  todos.set(todo.id, todo)
  return todo
}

export const listTodos = () => [...todos.values()]
export const getTodo = (id) => todos.get(id)
export const removeTodo = (id) => todos.delete(id)

export const resetTodos = () => {
  todos.clear()
  nextId = 1
}

addTodo('Write the offer for Henning', '2026-04-01')
addTodo('Book the room for the workshop')
