/**
 * The stand-ins keep passwords in files and trust loopback, so a production process must not be able to load one even by
 * mistake: every stand-in imports this file first.
 */
if (process.env['NODE_ENV'] === 'production') {
  throw new Error('The development stack does not run with NODE_ENV=production.');
}
