/** Call it once, right after the app is made and before its first route. */
export declare function guard<App extends object>(app: App): App;

/** Whoever is signed in. Throws where nobody is: an open route, or outside a request. */
export declare function currentUser(): {
  readonly id: string;
  readonly email?: string;
  readonly roles: readonly string[];
};

/** Whoever is signed in where a connection began that stays open: socket.request of socket.io, the request of a WebSocket. */
export declare function userOf(request: object): ReturnType<typeof currentUser> | undefined;
