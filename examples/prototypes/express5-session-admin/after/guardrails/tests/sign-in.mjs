// This app has no sign-in of the guards: nobody is signed in while it is tested.

/** No setting lets anybody in. */
export async function signInSettings() {
  return {};
}

/** Everybody asks as a stranger. */
export async function signedIn() {
  return {};
}
