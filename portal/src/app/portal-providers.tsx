import { FluentProvider } from '@fluentui/react-components';
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Portal } from './portal.js';
import { useColourScheme } from './colour-scheme.js';
import { darkTheme, lightTheme } from './theme.js';
import { PortalContext } from './use-portal.js';

export function PortalProviders({ portal, children }: { portal: Portal; children: ReactNode }) {
  const { scheme } = useColourScheme();
  return (
    <PortalContext value={portal}>
      <QueryClientProvider client={portal.queries}>
        <FluentProvider theme={scheme === 'dark' ? darkTheme : lightTheme} style={{ minHeight: '100vh' }}>
          {children}
        </FluentProvider>
      </QueryClientProvider>
    </PortalContext>
  );
}
