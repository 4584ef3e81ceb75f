// How often somebody may guess before the waiting begins: for one address on one account, for an account, for a network.
import { forgetAttempts, spendAttempt } from './attempts.mjs';
import { clientAddress, subscriberOf } from './client-address.mjs';

/** Counts an attempt to sign in; gives the seconds to wait, 0 to go on. */
export function attemptSignIn(req, email) {
  const { pair, account, network } = namesOf(req, email);
  return spendAttempt({ [pair]: 5, [account]: 20, [network]: 50 });
}

/** Counts an attempt to use an invitation. */
export function attemptInvitation(req) {
  return spendAttempt({ [`invitation from ${subscriberOf(clientAddress(req))}`]: 20 });
}

/** Whoever has signed in is not guessing; what else came from the same network still counts. */
export function signInSucceeded(req, email) {
  const { pair, account } = namesOf(req, email);
  forgetAttempts(pair, account);
}

function namesOf(req, email) {
  const network = `network ${subscriberOf(clientAddress(req))}`;
  const account = `account ${email.toLowerCase()}`;
  return { pair: `${account} from ${network}`, account, network };
}
