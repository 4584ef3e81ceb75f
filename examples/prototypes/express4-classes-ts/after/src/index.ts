import "../guardrails/environment.cjs";
import { HttpServer } from "./server/http.server";
import { HttpsServer } from "./server/https.server";
import { IServer } from "./server/server.interface";

class Application {
  constructor(private readonly server: IServer) {}

  async bootstrap(): Promise<void> {
    await this.server.bootstrap();
  }

  run(): void {
    this.server.listen();
  }
}

const createServer = (port: number): IServer =>
  process.env.ENABLE_HTTPS === "true"
    ? new HttpsServer(port)
    : new HttpServer(port);

async function start() {
  const port = 9001;
  const application = new Application(createServer(port));
  await application.bootstrap();
  application.run();
}

start();
