// The cookie that keeps people signed in cannot be read by scripts, sent by other sites or seen on an unencrypted line.

/** How the session cookie is called and sent. Only on a developer's own machine does it go over plain http. */
export function sessionCookie(environment: string) {
  const secure = environment !== 'development';
  return {
    name: secure ? '__Host-session' : 'session',
    attributes: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
  } as const;
}
