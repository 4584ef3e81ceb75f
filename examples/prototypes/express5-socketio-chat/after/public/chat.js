var token = localStorage.getItem('token');
var socket = io({ auth: { token: token } });
var rooms = document.getElementById('rooms');

fetch('/api/rooms').then(function (r) { return r.json(); }).then(function (list) {
  list.forEach(function (room) {
    var option = document.createElement('option');
    option.textContent = room.name;
    rooms.appendChild(option);
  });
  socket.emit('join', rooms.value);
});

function show(message) {
  var line = document.createElement('div');
  line.textContent = message.userId + ': ' + message.text;
  document.getElementById('messages').appendChild(line);
}

socket.on('history', function (messages) { messages.forEach(show); });
socket.on('message', show);
rooms.onchange = function () { socket.emit('join', rooms.value); };
document.getElementById('form').onsubmit = function (event) {
  event.preventDefault();
  var text = document.getElementById('text');
  socket.emit('message', { room: rooms.value, userId: localStorage.getItem('userId') || 'guest', text: text.value });
  text.value = '';
};
