import './app/schema-settings.js';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { readPortalConfig } from './api/portal-config.js';
import { createPortal } from './app/portal.js';
import './app/base.css';
import { PortalProviders } from './app/portal-providers.js';
import { StartFailure } from './app/start-failure.js';

const element = document.getElementById('root');
if (!element) throw new Error('the page has no place for the portal');
const root = createRoot(element);
try {
  const portal = createPortal(await readPortalConfig());
  root.render(
    <StrictMode>
      <PortalProviders portal={portal}>
        <RouterProvider router={portal.router} />
      </PortalProviders>
    </StrictMode>,
  );
} catch (error) {
  root.render(<StartFailure error={error} />);
}
