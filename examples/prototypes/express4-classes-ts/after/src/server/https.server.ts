import fs from "fs";
import https from "https";
import { HttpServer } from "./http.server";

export class HttpsServer extends HttpServer {
  protected loadMiddlewares(): void {
    super.loadMiddlewares();
    this.framework.use((_req, res, next) => {
      res.setHeader("Strict-Transport-Security", "max-age=31536000");
      next();
    });
  }

  listen(): void {
    const options = {
      key: fs.readFileSync(process.env.TLS_KEY_PATH || "certs/key.pem"),
      cert: fs.readFileSync(process.env.TLS_CERT_PATH || "certs/cert.pem"),
    };
    https.createServer(options, this.framework).listen(this.port, () => {
      console.log(`HTTPS server listening on ${this.port}`);
    });
  }
}
