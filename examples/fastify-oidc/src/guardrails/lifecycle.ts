// Says who answers for this service and until when it may run. A change here is a promise of the owner: code owners approve it.

/** What this service is, and for how long. */
export interface Lifecycle {
  readonly stage: 'experimental' | 'production' | 'deprecated';
  readonly owner: string;
  readonly onCall: string;
  /** The day on which the end date was agreed, `YYYY-MM-DD`: at most 90 days before it. */
  readonly agreedOn: string;
  /** The last day, `YYYY-MM-DD` in UTC. Counts unless the stage is `production`. */
  readonly endsOn: string;
}

/** `catalog-info.yaml`, CODEOWNERS and `shipshape.json` say the same, and a test compares them. */
export const lifecycle: Lifecycle = {
  stage: 'experimental',
  owner: '@acme/payments',
  onCall: '@acme/payments',
  agreedOn: '2099-10-15',
  endsOn: '2099-12-31',
};
