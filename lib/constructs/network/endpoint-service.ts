/** A service that functions in the VPC call through an endpoint. */
export enum EndpointService {
  /** The gateway endpoint of S3. */
  S3 = 's3',

  /** The gateway endpoint of DynamoDB. */
  DYNAMODB = 'dynamodb',

  /** The interface endpoint of KMS. */
  KMS = 'kms',

  /** The interface endpoint of Bedrock's runtime. */
  BEDROCK = 'bedrock',

  /** The interface endpoint of Lambda, for gateways that call an egress function. */
  LAMBDA = 'lambda',
}
