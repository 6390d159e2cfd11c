export interface ArnParts {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** The parts of an ARN; none if the text isn't an ARN. */
export function parseArn(text: string): ArnParts | undefined {
  const match = /^arn:([a-z-]+):([a-z0-9.-]+):([^:\s]*):([^:\s]*):(\S.*)$/.exec(text);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}
