// Nest makes its routers itself, when the guards are in their place: nothing has to be watched before the app is made.

/** Whether routers are watched that were made before the app. */
export const watchesEarly = false;
