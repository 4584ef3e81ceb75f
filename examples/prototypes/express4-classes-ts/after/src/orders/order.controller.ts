import { Request, Response, Router } from "express";
import { OrderService } from "./order.service";

export class OrderController {
  public readonly router: Router = Router();
  private readonly service = new OrderService();

  constructor() {
    this.router
      .route("/")
      .get(this.list.bind(this))
      .post(this.create.bind(this));
    this.router
      .route("/:id")
      .get(this.find.bind(this))
      .put(this.update.bind(this))
      .delete(this.remove.bind(this));
    this.router.get("/customer/:name/open", this.openOf.bind(this));
  }

  private list(_req: Request, res: Response): void {
    res.json(this.service.all());
  }

  private find(req: Request, res: Response): void {
    const order = this.service.byId(Number(req.params.id));
    if (!order) {
      res.status(404).json({ message: "order not found" });
      return;
    }
    res.json(order);
  }

  private create(req: Request, res: Response): void {
    const { customer, items } = req.body;
    if (!customer || !Array.isArray(items)) {
      throw new Error("customer and items are required");
    }
    res.status(201).json(this.service.add(customer, items));
  }

  private update(req: Request, res: Response): void {
    const order = this.service.setState(Number(req.params.id), req.body.state);
    res.status(order ? 200 : 404).json(order ?? { message: "order not found" });
  }

  private remove(req: Request, res: Response): void {
    this.service.remove(Number(req.params.id));
    res.sendStatus(204);
  }

  private openOf(req: Request, res: Response): void {
    res.json(this.service.openOf(req.params.name));
  }
}
