import {
  CognitoIdentityProviderClient,
  type CognitoIdentityProviderClientConfig,
} from '@aws-sdk/client-cognito-identity-provider';
import { storeHandler } from './store-handler';
import { STORE_SETTINGS } from './store-settings';

/** The SDK's client for one Region. Neither the environment nor a configuration file decides anything. */
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
