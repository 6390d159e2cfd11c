import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { storeHandler } from '../gateway/store-handler';

/** The SDK's client of one Region, with nothing left for the environment or a configuration file to decide. */
export function cognitoClient(
  region: string,
  endpoint: string,
  credentials: CognitoIdentityProviderClientConfig['credentials'],
): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    region,
    endpoint,
    credentials,
    requestHandler: storeHandler(5_000),
    maxAttempts: 3,
    retryMode: 'standard',
    defaultsMode: 'standard',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    authSchemePreference: ['sigv4'],
    userAgentAppId: undefined,
  });
}
