import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/** The SDK's client of one Region, with nothing left for the environment or a configuration file to decide. */
export function cognitoClient(
  region: string,
  endpoint: string,
  credentials: CognitoIdentityProviderClientConfig['credentials'],
): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    ...STORE_SETTINGS,
    region,
    endpoint,
    credentials,
    requestHandler: storeHandler(5_000),
  });
}
