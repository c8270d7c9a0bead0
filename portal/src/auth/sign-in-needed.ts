/** Nobody is signed in, or no longer. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';

  constructor() {
    super('Nobody is signed in.');
  }
}
