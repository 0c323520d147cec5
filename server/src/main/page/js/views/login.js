// Asks for the token that the server's administrator has handed out.
import {html, nothing} from 'lit-html';
import {t} from '../i18n.js';

export function loginView(state, act) {
  return html`<main class="login"><form @submit=${(event) => {
    event.preventDefault();
    act.login(new FormData(event.target).get('token').trim());
  }}><h1>路云 <span>Luyun</span></h1><p>${t('login.hint')}</p>
    <label>${t('login.token')}<input type="password" name="token" required autocomplete="current-password" autofocus></label>
    ${state.loginError ? html`<p role="alert" class="bad">${state.loginError}</p>` : nothing}
    <button class="primary">${t('login.go')}</button></form></main>`;
}
