import { type ReactNode, useEffect } from 'react'
import { Button } from '../ui/Button.tsx'
import { Audit } from './Audit.tsx'
import { Account } from './account/Account.tsx'
import { SetUp } from './account/SetUp.tsx'
import { SignIn } from './account/SignIn.tsx'
import { ApiKeys } from './apiKeys/ApiKeys.tsx'
import { CampaignEditor } from './campaigns/CampaignEditor.tsx'
import { CampaignList } from './campaigns/CampaignList.tsx'
import { CampaignPage } from './campaigns/CampaignPage.tsx'
import { Inbox } from './campaigns/Inbox.tsx'
import { Review } from './campaigns/Review.tsx'
import { type Route, useRoute } from './client/route.ts'
import { useMay, useMe, useSessions } from './client/session.tsx'
import { CodeLists } from './codes/CodeLists.tsx'
import { ConflictPage } from './conflicts/ConflictPage.tsx'
import { Conflicts } from './conflicts/Conflicts.tsx'
import { CustomerPage } from './customers/CustomerPage.tsx'
import { Customers } from './customers/Customers.tsx'
import { Frame } from './Frame.tsx'
import { ListPage } from './lists/ListPage.tsx'
import { Lists } from './lists/Lists.tsx'
import { NewList } from './lists/NewList.tsx'
import { Operators } from './operators/Operators.tsx'
import { Redemptions } from './Redemptions.tsx'
import { Reports } from './reports/Reports.tsx'
import { Retention } from './retention/Retention.tsx'
import { SECTIONS } from './sections.ts'
import { CounterSettings } from './stations/CounterSettings.tsx'
import { Stations } from './stations/Stations.tsx'
import { Page } from './ui/Page.tsx'
import { WebhookPage } from './webhooks/WebhookPage.tsx'
import { Webhooks } from './webhooks/Webhooks.tsx'
import { useOfficeWords } from './words.ts'

/** Head office: who is signed in, and which screen. */
export function Office() {
  const { session, check } = useSessions()
  const route = useRoute()
  const { t } = useOfficeWords()
  switch (session.state) {
    case 'checking':
      return (
        <p className="office__waiting" role="status">
          {t('office.loading')}
        </p>
      )
    case 'unreachable':
      return (
        <main className="office__waiting">
          <h1>{t('office.problems.unreachable')}</h1>
          <Button onClick={check}>{t('office.again')}</Button>
        </main>
      )
    case 'signed_out':
      return route.parts[0] === 'set-up' ? <SetUp /> : <SignIn because={session.because} />
    case 'signed_in':
      return (
        <Frame current={route.parts[0] ?? ''}>
          <Screen route={route} />
        </Frame>
      )
  }
}

function Screen({ route }: { route: Route }) {
  const may = useMay()
  const { secondFactor } = useMe()
  const { t } = useOfficeWords()
  const [section, ...rest] = route.parts
  const known = SECTIONS.filter(({ needs }) => may(needs))
  const first = known[0]
  useEffect(() => {
    if (section === undefined && first) window.location.replace(`#/${first.path}`)
  }, [section, first])
  if (secondFactor === 'required') return <Account />
  if (section === 'account') return <Account />
  const allowed = known.some(({ path }) => path === section)
  const screen = allowed ? screenOf(section ?? '', rest, route.query) : null
  return (
    screen ?? (section === undefined ? null : <Page title={t('office.notFound')}>{t('office.notFoundWords')}</Page>)
  )
}

/** null: there is no such screen. `rest`: what follows in the address. */
function screenOf(section: string, rest: readonly string[], query: URLSearchParams): ReactNode {
  const [first, second] = rest
  switch (section) {
    case 'campaigns':
      if (first === undefined) return <CampaignList query={query} />
      if (first === 'new') return <CampaignEditor key="new" campaignId={null} />
      if (second === 'edit') return <CampaignEditor key={first} campaignId={first} />
      if (second === 'codes') return <CodeLists key={first} campaignId={first} />
      return <CampaignPage key={first} campaignId={first} />
    case 'inbox':
      return first === undefined ? <Inbox /> : <Review key={first} campaignId={first} />
    case 'reports':
      return <Reports query={query} />
    case 'redemptions':
      return <Redemptions query={query} />
    case 'conflicts':
      return first === undefined ? <Conflicts /> : <ConflictPage key={first} conflictId={first} />
    case 'stations':
      return first === 'settings' ? <CounterSettings storeId={second ?? null} /> : <Stations />
    case 'customers':
      return first === undefined ? (
        <Customers />
      ) : (
        <CustomerPage key={first} holderId={first} shown={query.get('shown')} />
      )
    case 'lists':
      if (first === undefined) return <Lists />
      return first === 'new' ? <NewList /> : <ListPage key={first} importId={first} />
    case 'api-keys':
      return <ApiKeys />
    case 'webhooks':
      return first === undefined ? <Webhooks /> : <WebhookPage key={first} endpointId={first} />
    case 'retention':
      return <Retention />
    case 'operators':
      return <Operators />
    case 'audit':
      return <Audit query={query} />
    default:
      return null
  }
}
