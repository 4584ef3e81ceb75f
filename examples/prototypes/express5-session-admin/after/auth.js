export function requireLogin(req, res, next) {
	if (!req.session.member) return res.redirect("/login");
	next();
}

export function requireAdmin(req, res, next) {
	if (!req.session.member?.admin) return res.status(403).send("Admins only");
	next();
}
