/** Call it once, right after the app is made and before its first route. */
export declare function guard<App extends object>(app: App): App;
