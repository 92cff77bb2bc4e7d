/** What an application written for the original may count on, from outside: each test's name is a line of the checklist in docs/sdk.md. */
package io.ibid.acceptance;
