import express from "express";
import session from "express-session";
import { requireLogin, requireAdmin } from "./auth.js";
import { findByLogin, members, addMember, removeMember, checkPassword } from "./members.js";
import { guard } from "./guardrails/index.mjs";
import { config } from "./guardrails/config.mjs";

const app = express();
guard(app);
const port = 8080;

app.set("view engine", "ejs");
app.set("views", "./views");
app.use(express.urlencoded({ extended: false }));
app.use(
	session({
		secret: config.SESSION_SECRET,
		resave: false,
		saveUninitialized: false,
		cookie: { maxAge: 1000 * 60 * 60 },
	}),
);

app.get("/login", (req, res) => {
	res.render("login", { error: null });
});

app.post("/login", async (req, res) => {
	const { login, password } = req.body ?? {};
	const member = findByLogin(login);
	if (!member || !(await checkPassword(member, password))) {
		return res.status(401).render("login", { error: "Wrong login or password" });
	}
	req.session.regenerate(() => {
		req.session.member = { login: member.login, admin: member.admin };
		res.redirect("/");
	});
});

app.use(requireLogin);

app.get("/", (req, res) => {
	res.render("members", { me: req.session.member, members });
});

app.get("/api/members", (req, res) => {
	res.json(members.map(({ login, admin }) => ({ login, admin })));
});

app.post("/members", requireAdmin, async (req, res) => {
	await addMember(req.body?.login, req.body?.password);
	res.redirect("/");
});

app.post("/members/:login/delete", requireAdmin, (req, res) => {
	removeMember(req.params.login);
	res.redirect("/");
});

app.post("/logout", (req, res) => {
	req.session.destroy(() => res.redirect("/login"));
});

app.listen(port, () => {
	console.log(`Members admin on http://localhost:${port}`);
});
