export interface IServer {
  bootstrap(): Promise<void>;
  listen(): void;
}
