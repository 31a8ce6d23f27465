import { useTranslation } from 'react-i18next'
import type { CounterState } from '../../../core/counter/state.ts'
import { useSend } from '../../client/counterContext.tsx'
import type { ManagerPart } from '../../managerScreen/managerPart.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { LANGUAGE_NAMES, LANGUAGES, languageOf } from '../../words/languages.ts'
import type { DeskWindow } from '../desk/DeskWindows.tsx'
import { CAN_OPEN_WINDOWS, openDisplay } from './customerDisplay.ts'
import { type Look, SOUNDS, THEMES } from './look.ts'

/** Which language; each by its own name. */
export function LanguageChoice({ labelHidden = false }: { labelHidden?: boolean }) {
  const { t, i18n } = useTranslation()
  return (
    <Segmented
      label={t('menu.language')}
      labelHidden={labelHidden}
      value={languageOf(i18n)}
      choices={LANGUAGES.map((language) => ({ value: language, face: LANGUAGE_NAMES[language], lang: language }))}
      onChange={(language) => void i18n.changeLanguage(language)}
    />
  )
}

/** Nothing to choose: the office has. */
function Fixed({ name }: { name: 'language' | 'theme' }) {
  const { t } = useTranslation()
  return (
    <p>
      {t(`menu.${name}`)}: <span className="soft">{t('cashier.byOffice')}</span>
    </p>
  )
}

/** What is set once a shift: language, look, sound; the keys; signing out. */
export function MenuDialog({
  name,
  look,
  training,
  settings,
  onDesk,
  onKeys,
  onManage,
  onClose,
}: {
  name: string
  look: Look
  training: boolean
  settings: CounterState['settings']
  onDesk: (what: DeskWindow) => void
  onKeys: () => void
  onManage: (screen: ManagerPart) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const send = useSend()
  const train = (on: boolean) => {
    onClose()
    void send({ type: 'training', on })
  }
  const showDisplay = () => {
    onClose()
    openDisplay()
  }
  return (
    <Dialog title={name} onClose={onClose} givesFocusBack={false}>
      <div className="stack">
        {settings.fixed.includes('language') ? <Fixed name="language" /> : <LanguageChoice />}
        {settings.fixed.includes('theme') ? (
          <Fixed name="theme" />
        ) : (
          <Segmented
            label={t('menu.theme')}
            value={look.theme}
            choices={THEMES.map((theme) => ({ value: theme, face: t(`menu.themes.${theme}`) }))}
            onChange={look.setTheme}
          />
        )}
        <Segmented
          label={t('menu.sound')}
          value={look.sound}
          choices={SOUNDS.map((sound) => ({ value: sound, face: t(`menu.sounds.${sound}`) }))}
          onChange={look.setSound}
        />
      </div>
      <div className="menuGrid">
        <Button size="large" keys="F6" onClick={() => onDesk('recent')}>
          {t('cashier.recent.open')}
        </Button>
        {!training && (
          <Button size="large" onClick={() => onDesk('shift')}>
            {t('cashier.shift.open')}
          </Button>
        )}
        {!training && (
          <Button size="large" onClick={() => onDesk('staffCard')}>
            {t('cashier.staffCard.open')}
          </Button>
        )}
        {!training && (
          <Button size="large" onClick={() => onDesk('customerCode')}>
            {t('customer.staffCode')}
          </Button>
        )}
        {!training && (
          <Button size="large" onClick={() => train(true)}>
            {t('cashier.training.open')}
          </Button>
        )}
        {CAN_OPEN_WINDOWS && settings.values.customerDisplay && (
          <Button size="large" onClick={showDisplay}>
            {t('cashier.display.open')}
          </Button>
        )}
        <Button size="large" keys="F1" onClick={onKeys}>
          {t('menu.keys')}
        </Button>
        {!training && (
          <Button size="large" onClick={() => onManage('readers')}>
            {t('readerSetup.open')}
          </Button>
        )}
        {!training && (
          <Button size="large" onClick={() => onManage('offline')}>
            {t('offline.open')}
          </Button>
        )}
        {!training && (
          <Button size="large" onClick={() => onManage('day')}>
            {t('day.open')}
          </Button>
        )}
        {training ? (
          <Button size="large" look="danger" onClick={() => train(false)}>
            {t('cashier.training.end')}
          </Button>
        ) : (
          <Button size="large" look="danger" onClick={() => void send({ type: 'signOut' })}>
            {t('menu.signOut')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
