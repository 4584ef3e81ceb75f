/** Values by which a page names its project to a provider: each of them is sent to every browser. */
const forms: readonly RegExp[] = [
  // Stripe, Clerk and Paystack; Supabase; Razorpay; Mapbox; PostHog; PubNub.
  /^pk_(?:live|test)_/,
  /^sb_publishable_/,
  /^rzp_(?:live|test)_/,
  /^pk\.eyJ/,
  /^phc_/,
  /^sub-c-[\da-f]{8}-/,
  // Ids of Stripe, of the analytics of Google, of a client at Google.
  /^(?:acct|price|prod|cus|plan)_[A-Za-z0-9]{8,}$/,
  /^(?:UA-\d{4,}-\d+|G-[A-Z0-9]{8,12}|GTM-[A-Z0-9]{5,9}|AW-\d{8,})$/,
  /\.apps\.googleusercontent\.com$/,
  // The public half of a key, and certificates.
  /^-----BEGIN (?:[A-Z]+ )?(?:PUBLIC KEY|CERTIFICATE)/,
  /^(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+) AAAA/,
  /^age1[a-z\d]{40,}$/,
];

/** Is this value meant for everybody, whatever it is called? `STRIPE_SECRET_KEY=pk_live_…` holds no secret. */
export function isMeantForEverybody(value: string): boolean {
  return forms.some((form) => form.test(value));
}
