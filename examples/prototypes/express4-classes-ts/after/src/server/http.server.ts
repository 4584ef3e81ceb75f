import "../../guardrails/environment.cjs";
import bodyParser from "body-parser";
import express, { Application, NextFunction, Request, Response } from "express";
import http from "http";
import { OrderController } from "../orders/order.controller";
import { IServer } from "./server.interface";
import { guard } from "../../guardrails/index.cjs";

export class HttpServer implements IServer {
  protected framework: Application;

  constructor(protected readonly port: number) {
    this.framework = express();
    guard(this.framework);
  }

  async bootstrap(): Promise<void> {
    this.loadMiddlewares();
    this.loadControllers();
    this.loadErrorHandler();
  }

  // Subclasses may add their own
  protected loadMiddlewares(): void {
    this.framework.use(bodyParser.json());
    this.framework.use(bodyParser.urlencoded({ extended: true }));
  }

  protected loadControllers(): void {
    this.framework.get("/", (_req: Request, res: Response) => {
      res.send("Field orders API");
    });
    this.framework.use("/orders", new OrderController().router);
  }

  protected loadErrorHandler(): void {
    this.framework.use(
      (error: Error, _req: Request, res: Response, _next: NextFunction) => {
        res.status(500).json({ message: error.message });
      }
    );
  }

  listen(): void {
    http.createServer(this.framework).listen(this.port, () => {
      console.log(`HTTP server listening on ${this.port}`);
    });
  }
}
