import type { Attack } from './attacks';

/** A request in API Gateway's form: the last value of each header, and all values. */
export function eventOf({ method = 'GET', path = '/v1/models', headers = [], body, context }: Attack) {
  const multi: Record<string, string[]> = { 'Content-Type': ['application/json'] };
  for (const [name, value] of headers) multi[name] = [...(multi[name] ?? []), value];
  const [resource = '', query] = path.split('?');
  const asked = new URLSearchParams(query);
  return {
    httpMethod: method,
    path: resource,
    headers: Object.fromEntries(Object.entries(multi).map(([name, values]) => [name, values.at(-1)])),
    multiValueHeaders: multi,
    queryStringParameters: query === undefined ? null : Object.fromEntries(asked),
    multiValueQueryStringParameters:
      query === undefined ? null : Object.fromEntries([...asked.keys()].map((name) => [name, asked.getAll(name)])),
    requestContext: { authorizer: context, domainName: 'abc.execute-api.eu-central-1.amazonaws.com' },
    isBase64Encoded: false,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  };
}
