import { config } from "../../guardrails/config.cjs";

export interface Order {
  id: number;
  customer: string;
  items: string[];
  state: "open" | "shipped";
}

// Webhook of the warehouse, they only gave us one token
const WAREHOUSE_URL = "https://warehouse.example.com/hooks/orders";
const WAREHOUSE_TOKEN = config.WAREHOUSE_TOKEN;

export class OrderService {
  private orders: Order[] = [
    { id: 1, customer: "Bakker", items: ["pump", "hose"], state: "open" },
    { id: 2, customer: "Okafor", items: ["valve"], state: "shipped" },
  ];

  all(): Order[] {
    return this.orders;
  }

  byId(id: number): Order | undefined {
    return this.orders.find((order) => order.id === id);
  }

  openOf(customer: string): Order[] {
    return this.orders.filter(
      (order) => order.customer === customer && order.state === "open"
    );
  }

  add(customer: string, items: string[]): Order {
    const order: Order = {
      id: this.orders.length + 1,
      customer,
      items,
      state: "open",
    };
    this.orders.push(order);
    this.tellWarehouse(order);
    return order;
  }

  setState(id: number, state: Order["state"]): Order | undefined {
    const order = this.byId(id);
    if (order) order.state = state;
    return order;
  }

  remove(id: number): void {
    this.orders = this.orders.filter((order) => order.id !== id);
  }

  private tellWarehouse(order: Order): void {
    fetch(WAREHOUSE_URL, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Api-Key": WAREHOUSE_TOKEN,
      },
      body: JSON.stringify(order),
    }).catch((error) => console.log("warehouse is down", error.message));
  }
}
