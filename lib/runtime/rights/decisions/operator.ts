/** Who confirms in the place of a second administrator: an operator. IAM lets them run a function. It is no id of a user. */
export const OPERATOR = 'operator:iam';
