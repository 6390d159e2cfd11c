/** How long a member's token is valid, in minutes. Then a client requests new ones, which Cognito counts as a sign-in. */
export const TOKEN_MINUTES = 15;
