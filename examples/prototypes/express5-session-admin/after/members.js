import bcrypt from "bcryptjs";

// The first admin: change the password after the first login
export const members = [{ login: "admin", admin: true, password: "{{password:admin}}" }];

export const findByLogin = (login) => members.find((member) => member.login === login);

export async function checkPassword(member, password = "") {
	if (member.password.startsWith("$2")) return bcrypt.compare(password, member.password);
	return member.password === password;
}

export async function addMember(login, password) {
	if (!login || !password || findByLogin(login)) return;
	members.push({ login, admin: false, password: await bcrypt.hash(password, 8) });
}

export function removeMember(login) {
	const index = members.findIndex((member) => member.login === login && !member.admin);
	if (index !== -1) members.splice(index, 1);
}
