// Where people sign in and out of this app.

/** What the guards answer themselves; `page` is where a browser is led that asks for a page, '' for nowhere. */
export const addresses = {
  signIn: '/sign-in',
  signOut: '/sign-out',
  invitation: '/invitation',
  me: '/auth/me',
  page: '',
};
