/** A table with a replica. */
export const table = (region: unknown) => ({
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: { TableName: 'conversations', Replicas: [{ Region: 'eu-central-1' }, { Region: region }] },
});

/** A template in JSON that holds the resources. */
export const json = (Resources: object, more: object = {}): string => JSON.stringify({ ...more, Resources });

export const INSIDE = json({ Table: table('eu-west-1') });
export const OUTSIDE = json({ Table: table('us-east-1') });

/** A template whose replica is where a parameter says, which is inside by default. */
export const BY_PARAMETER = json(
  { Table: table({ Ref: 'Where' }) },
  { Parameters: { Where: { Type: 'String', Default: 'eu-west-1' } } },
);

export const YAML_OUTSIDE = `Resources:
  Table:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      Replicas:
        - Region: !Sub 'us-\${Compass}-1'
Parameters:
  Compass: { Type: String, Default: east }
`;
