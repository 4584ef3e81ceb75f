/** Settings of the app, checked when it starts. */
export declare const config: {
  readonly WAREHOUSE_TOKEN: string;
};
