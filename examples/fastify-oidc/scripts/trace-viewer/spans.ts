// Reads what the app sends (OTLP, in JSON) into plain spans.

/** One step of a request: the request itself, or a call that it made. */
export interface Span {
  readonly traceId: string;
  readonly id: string;
  readonly parent: string | undefined;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly error: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[];
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind?: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly Attribute[];
  readonly events?: readonly { readonly name: string; readonly attributes?: readonly Attribute[] }[];
  readonly status?: { readonly code?: number };
}

interface SentTraces {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly Attribute[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly SentSpan[] }[];
  }[];
}

const kinds = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'] as const;
const longestText = 4_000;

/** The spans of one message. Throws where the text is not OTLP. */
export function readSpans(text: string): Span[] {
  const { resourceSpans = [] } = JSON.parse(text) as SentTraces;
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const service = readAttributes(resource?.attributes)['service.name'] ?? '';
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => readSpan(span, service)));
  });
}

function readSpan(span: SentSpan, service: string): Span {
  const [start, end] = [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)];
  return {
    traceId: String(span.traceId),
    id: String(span.spanId),
    parent: span.parentSpanId || undefined,
    name: String(span.name).slice(0, longestText),
    kind: kinds[span.kind ?? 0] ?? 'internal',
    service,
    start: milliseconds(start),
    duration: milliseconds(end - start),
    error: span.status?.code === 2,
    attributes: readAttributes(span.attributes),
    events: (span.events ?? []).map(({ name, attributes }) => ({ name, attributes: readAttributes(attributes) })),
  };
}

function readAttributes(attributes: readonly Attribute[] = []): Record<string, string> {
  const text = ({ value }: Attribute): string => {
    const [inner = ''] = Object.values(value);
    return (typeof inner === 'object' ? JSON.stringify(inner) : String(inner)).slice(0, longestText);
  };
  return Object.fromEntries(attributes.map((attribute) => [attribute.key, text(attribute)]));
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000n) / 1_000;
}
